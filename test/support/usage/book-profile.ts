import { bookDerived, type BookProfileDeps } from '../../../lambda/domain/usage/book-profile.ts';
import type { MeasuredProfile, ProfileHead } from '../../../lambda/domain/usage/usage-profile.ts';

/** Books a profile that is measured already, whatever is booked. */
export const bookProfile =
  (deps: BookProfileDeps) =>
  (measured: MeasuredProfile): Promise<ProfileHead | undefined> => bookDerived(deps)(measured.owner, measured.month, async () => measured);
