import { StageConfigurationError } from '../lib/config/configuration-error.ts';
import { readStageConfiguration } from '../lib/config/read-stage-configuration.ts';
import { bundledFunctionCode } from '../lib/constructs/control/bundled-function-code.ts';
import { createApp, declareStage } from '../lib/visionstream-app.ts';

/** The stage that is synthesised when no other is named with `-c config=<path>`. */
const defaultConfiguration = 'config/dev.json';

const synthesise = (): void => {
  const app = createApp();
  const named: unknown = app.node.tryGetContext('config');
  const configuration = readStageConfiguration(typeof named === 'string' ? named : defaultConfiguration);
  const functions: unknown = app.node.tryGetContext('functions');
  declareStage(app, configuration, bundledFunctionCode(typeof functions === 'string' ? { outputFolder: functions } : {}));
  app.synth();
};

try {
  synthesise();
} catch (error) {
  if (!(error instanceof StageConfigurationError)) throw error;
  // A stack trace would bury what is wrong.
  console.error(error.message);
  process.exitCode = 1;
}
