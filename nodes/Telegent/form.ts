import { describe } from './engine/describe';
import { outputs } from './outputs';
import { resources } from './resources';
import { resumeWebhooks as webhooks } from './wait/fields';

const properties = describe(resources);

export { outputs, properties, webhooks };
