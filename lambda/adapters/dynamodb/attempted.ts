import { ConditionFailedError } from './write-errors.ts';

/** Whether a conditional write was done; other errors pass. */
export const attempted = async (write: Promise<unknown>): Promise<boolean> => {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionFailedError) return false;
    throw error;
  }
};
