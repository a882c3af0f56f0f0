import type { Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionName } from '../../../lambda/contract/functions.ts';

/** Where a function's code comes from. The file `index` in it exports `handler`. */
export type FunctionCode = (name: FunctionName) => Code;
