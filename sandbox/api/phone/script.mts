import { actionsScript } from './scriptActions.mts';
import { stateScript } from './scriptState.mts';
import { viewScript } from './scriptView.mts';

/** The page's own script. */
export const script = [stateScript, viewScript, actionsScript].join('\n');
