import { brokenRules, type ConfigurationProblem, type CrossCheck } from './configuration-problem.ts';
import { ladderOf } from './custom-ladder.ts';
import { formatsOf, leastSegmentsOfWindow, type Format } from './formats.ts';
import { declaresAtLeast, inputSpecificationOf, leastInputSpecification } from './input-specification.ts';
import { ladderProblems } from './ladder-checks.ts';
import type { PipelineConfiguration } from './pipeline-configuration.ts';

const checks: readonly CrossCheck<PipelineConfiguration>[] = [
  {
    condition: ({ inputs, failover }) => inputs.count === 1 && failover !== undefined,
    message: ({ failover }) => ({
      field: 'failover',
      wrong: 'one input has no other to go over to',
      got: failover,
      allowed: 'nothing with inputs.count 1; an object or "BY_HAND" with inputs.count 2',
      change: 'remove failover, or have two inputs',
    }),
  },
  {
    condition: ({ ladder, inputSpecification }) => !declaresAtLeast(inputSpecificationOf(ladderOf(ladder), inputSpecification), leastInputSpecification(ladderOf(ladder))),
    message: ({ ladder, inputSpecification }) => {
      const { resolution, maximumBitrate } = leastInputSpecification(ladderOf(ladder));
      return {
        field: 'inputSpecification',
        wrong: 'the inputs declare less than the ladder\'s best rung needs of them',
        got: inputSpecification,
        allowed: `resolution ${resolution} and maximumBitrate ${maximumBitrate}, or above`,
        change: 'declare what the encoders send, or choose a smaller ladder',
      };
    },
  },
  {
    condition: ({ formats }) => formats !== undefined && Object.keys(formats).length === 0,
    message: () => ({ field: 'formats', wrong: 'viewers could be given nothing', got: {}, allowed: 'one of HLS, DASH, MSS, CMAF at least', change: 'name one, or remove formats to have all four' }),
  },
  {
    condition: ({ formats }) => formats !== undefined && formats.CMAF !== undefined && Object.keys(formats).length === 1,
    message: () => ({
      field: 'formats',
      wrong: 'CloudFormation cannot tell where the packager serves CMAF, so that the distribution would have no origin',
      got: { CMAF: {} },
      allowed: 'CMAF with one of HLS, DASH or MSS',
      change: 'add another format',
    }),
  },
];

const formatChecks = (gopSeconds: number): readonly CrossCheck<Format>[] => [
  {
    condition: ({ segmentSeconds }) => segmentSeconds % gopSeconds !== 0,
    message: ({ name, segmentSeconds }) => ({
      field: `formats.${name}.segmentSeconds`,
      wrong: 'a segment would end within a group of pictures',
      got: segmentSeconds,
      allowed: `a multiple of ${gopSeconds} seconds, the ladder's group`,
      change: 'choose one, or another ladder',
    }),
  },
  {
    condition: ({ segmentSeconds, windowSeconds }) => windowSeconds < leastSegmentsOfWindow * segmentSeconds,
    message: ({ name, segmentSeconds, windowSeconds }) => ({
      field: `formats.${name}.windowSeconds`,
      wrong: 'a player begins three segments behind the newest',
      got: windowSeconds,
      allowed: `${leastSegmentsOfWindow * segmentSeconds} to 300 seconds with segments of ${segmentSeconds}`,
      change: 'lengthen the window, or shorten the segments',
    }),
  },
];

/** Every rule between the fields of one pipeline that it breaks; fields are relative to the pipeline. */
export const pipelineProblems = (pipeline: PipelineConfiguration): readonly ConfigurationProblem[] => {
  const ladder = ladderOf(pipeline.ladder);
  return [
    ...brokenRules(checks, pipeline),
    ...(typeof pipeline.ladder === 'string' ? [] : ladderProblems(pipeline.ladder)),
    ...formatsOf(ladder, pipeline.formats).flatMap((format) => brokenRules(formatChecks(ladder.gopSeconds), format)),
  ];
};
