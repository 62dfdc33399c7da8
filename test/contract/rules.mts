import type { Resource } from '../../nodes/Telegent/engine/operation.ts';
import { bindings } from './bindingRules.mts';
import { contractRules } from './contractRules.mts';
import { editorRules } from './editorRules.mts';
import type { Finding } from './subjects.mts';

/** All rules by name. Each is pure: tables in, findings out. */
export const rules: Record<string, (resources: Resource[]) => Finding[]> = {
	...contractRules,
	...editorRules,
	bindings,
};

export function findAll(resources: Resource[]): Finding[] {
	return Object.values(rules).flatMap((rule) => rule(resources));
}

export function told({ field, message, where }: Finding): string {
	return `${where}${field ? ` · ${field}` : ''}: ${message}`;
}
