import { aStageConfiguration, synthesisedTemplates, type Template } from '../support/synthesised-stage.ts';

/** The function's text has tests of its own, and hashes say only that something changed. */
const normalised = (template: Template): unknown =>
  JSON.parse(
    JSON.stringify(template, (key, value: unknown) => (key === 'FunctionCode' ? '<lib/edge/viewer-request.js>' : value)).replaceAll(/(Deployment[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash>'),
  );

const templates = synthesisedTemplates(aStageConfiguration({ edge: { domainName: 'live.example.com' } }));

describe.each(Object.entries(templates))('the stack %s', (_, template) => {
  it('is what was reviewed', () => {
    expect(normalised(template)).toMatchSnapshot();
  });
});
