import { ResourceNotFoundException } from '@aws-sdk/client-ivs';
import { notFound } from '../../domain/shared/caller.ts';
import { calling } from '../service-faults.ts';

/** Calls IVS about a channel. @throws NotFoundError where there is none, UnavailableError */
export const onChannel = async <Answer>(channelArn: string, call: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await calling('ivs', call);
  } catch (error) {
    throw error instanceof ResourceNotFoundException ? notFound('channel', channelArn) : error;
  }
};
