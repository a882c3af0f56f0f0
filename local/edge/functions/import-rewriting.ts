const importStatement = /\s*import\s*(?:(?<star>\*\s*as\s+)?(?<name>[\w$]+)|\{(?<members>[^}]*)\})\s*from\s*(?<quote>["'])(?<module>[\w:/-]+)\k<quote>\s*;?/y;
const skipped = /(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/|(['"])use strict\1;?)*/y;

const requireStatement = (groups: Readonly<Record<string, string | undefined>>): string => {
  const { name, members, module } = groups;
  const target = name ?? `{${(members ?? '').replaceAll(/\bas\b/g, ':')}}`;
  return `const ${target} = require(${JSON.stringify(module)});`;
};

/** The code with its leading import statements as calls of `require`: the runtime imports its own modules only. */
export const rewriteImports = (code: string): string => {
  const statements: string[] = [];
  let position = 0;
  for (;;) {
    skipped.lastIndex = position;
    importStatement.lastIndex = position + (skipped.exec(code)?.[0].length ?? 0);
    const found = importStatement.exec(code);
    if (!found?.groups) break;
    statements.push(requireStatement(found.groups));
    position = importStatement.lastIndex;
  }
  return `${statements.join('')}${code.slice(position)}`;
};
