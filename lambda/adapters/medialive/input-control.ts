import { ConflictException, DescribeInputCommand, type MediaLiveClient, NotFoundException, UpdateInputCommand } from '@aws-sdk/client-medialive';
import type { InputControl } from '../../domain/pipelines/channel-control.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { ConflictError } from '../../domain/shared/errors.ts';
import { calling } from '../service-faults.ts';

const translated = (inputId: string, error: unknown): unknown => {
  if (error instanceof NotFoundException) return notFound('input', inputId);
  if (!(error instanceof ConflictException)) return error;
  return new ConflictError({ code: 'input-in-use', message: `input ${inputId} cannot change now: its channel must be idle`, cause: error });
};

const baseOf = (url: string): string => {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
};

/** The inputs of MediaLive. IAM: medialive:DescribeInput and medialive:UpdateInput on inputs by tag. */
export const mediaLiveInputControl = (client: MediaLiveClient): InputControl => ({
  async endpoints(InputId) {
    try {
      const { Destinations = [] } = await calling('medialive', () => client.send(new DescribeInputCommand({ InputId })));
      return Destinations.flatMap(({ Url }) => (Url === undefined ? [] : [{ base: baseOf(Url) }]));
    } catch (error) {
      throw translated(InputId, error);
    }
  },
  async rename(InputId, streamNames) {
    const Destinations = streamNames.map((StreamName) => ({ StreamName }));
    try {
      await calling('medialive', () => client.send(new UpdateInputCommand({ InputId, Destinations })));
    } catch (error) {
      throw translated(InputId, error);
    }
  },
});
