import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'apigateway';

/** How far the service follows AWS. */
export const apiGatewayParity: readonly ParityNote[] = [
  { subject, item: 'resources, Lambda proxy and mock integrations, TOKEN and REQUEST authorisers with their cache, gateway responses, throttling, access logs', stance: 'enforced' },
  { subject, item: 'body, header and time limits', stance: 'enforced' },
  { subject, item: 'deployments are snapshots, stages serve one', stance: 'enforced' },
  { subject, item: 'HTTPS', stance: 'inert', reason: 'stages are served by HTTP on 127.0.0.1; functions are told https as on AWS' },
  { subject, item: 'required request parameters', stance: 'enforced' },
  { subject, item: 'validation of bodies by models', stance: 'refused', reason: 'functions validate with the schemas that the API is documented from' },
  { subject, item: 'HTTP and AWS integrations, Velocity, AWS_IAM and Cognito authorisers, API keys, usage plans, credentials of integrations', stance: 'refused', reason: 'the platform uses none' },
];
