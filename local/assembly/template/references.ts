const collect = (value: unknown, found: Set<string>): void => {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, argument] of Object.entries(value)) {
    if (key === 'Ref' && typeof argument === 'string') found.add(argument);
    else if (key === 'Fn::GetAtt') addFirstPart(argument, found);
    else if (key === 'Fn::Sub') addSubstitutions(argument, found);
    collect(argument, found);
  }
};

const addFirstPart = (argument: unknown, found: Set<string>): void => {
  const first: unknown = Array.isArray(argument) ? argument[0] : argument;
  if (typeof first === 'string') found.add(first.split('.')[0] ?? first);
};

const addSubstitutions = (argument: unknown, found: Set<string>): void => {
  const template: unknown = Array.isArray(argument) ? argument[0] : argument;
  if (typeof template !== 'string') return;
  for (const [, name = ''] of template.matchAll(/\$\{([^!}][^}]*)\}/g)) found.add(name.trim().split('.')[0] ?? name);
};

/** The logical ids that a template value refers to by Ref, Fn::GetAtt or Fn::Sub (parameters and pseudo parameters among them). */
export const referencesOf = (value: unknown): ReadonlySet<string> => {
  const found = new Set<string>();
  collect(value, found);
  return found;
};
