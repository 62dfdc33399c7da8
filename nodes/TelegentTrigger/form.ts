export { properties } from './fields';
