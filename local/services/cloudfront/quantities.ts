import { InconsistentQuantities } from '@aws-sdk/client-cloudfront';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Throws InconsistentQuantities when any list below `value` has another number of Items than its Quantity says. */
export const assertQuantities = (value: unknown, path: string): void => {
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      assertQuantities(item, `${path}[${index}]`);
    });
    return;
  }
  if (!isRecord(value)) return;
  if (typeof value['Quantity'] === 'number') {
    const count = Array.isArray(value['Items']) ? value['Items'].length : 0;
    if (count !== value['Quantity']) {
      throw new InconsistentQuantities({ message: `${path}: Quantity is ${value['Quantity']}, but Items has ${count}.`, $metadata: {} });
    }
  }
  for (const [name, member] of Object.entries(value)) assertQuantities(member, `${path}.${name}`);
};
