import { writeJson } from '../codec/json-output.ts';
import type { JsonNames } from '../codec/json-input.ts';
import type { WireError } from './protocol.ts';

/** The members of an error's body: the modelled ones, and the message under the name that the model gives it. */
export const errorMembers = (error: WireError, names: JsonNames): Readonly<Record<string, unknown>> => {
  const members = error.shape ? writeJson(error.shape.shape, error.members, names) : {};
  const hasMessage = typeof members === 'object' && members !== null && 'Message' in members;
  return { ...(hasMessage ? {} : { message: error.message }), ...(typeof members === 'object' ? members : {}) };
};
