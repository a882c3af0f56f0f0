/** Renders the variables of a template: `$context.requestId`, `$context.error.messageString`, `$stageVariables.name`. Unknown ones become `-`. */
export const renderTemplate = (template: string, context: ReadonlyMap<string, string>, stageVariables: Readonly<Record<string, string>> = {}): string =>
  template.replace(/\$(?:context\.([\w-]+(?:\.[\w-]+)*)|stageVariables\.(\w+))/gu, (_match, variable: string | undefined, stageVariable: string | undefined) =>
    (variable === undefined ? stageVariables[stageVariable ?? ''] : context.get(variable)) ?? '-');
