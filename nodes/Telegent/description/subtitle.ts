import type { Resource } from '../engine/operation';

/**
 * What the canvas shows below the node's name: "Search Available: Number". An expression that makes words of the values
 * of operation and resource, and looks up those whose names say something else (`getAll` is "Get Many").
 * @param resources the table, which tells which ones these are
 */
export function subtitleOf(resources: Resource[]): string {
	const resourceNames = differentWords(resources.map(({ name, value }) => [value, name]));
	const operations = resources.flatMap((resource) =>
		resource.operations.map(({ name, value }): [string, string] => [value, name]),
	);
	return `={{ ${named(differentWords(operations), 'operation')} + ": " + ${named(resourceNames, 'resource')} }}`;
}

const OPERATION_NAMES = `.replace(/([A-Z])/g, " $1").replace(/^./, (one) => one.toUpperCase())`;

function named(names: Array<[string, string]>, parameter: string): string {
	const value = `$parameter["${parameter}"]`;
	return `((${JSON.stringify(Object.fromEntries(names))})[${value}] ?? ${value}${OPERATION_NAMES})`;
}

/** Values whose words are not their name. */
function differentWords(names: Array<[value: string, name: string]>): Array<[string, string]> {
	const words = (value: string) => value.replace(/([A-Z])/g, ' $1').replace(/^./, (one) => one.toUpperCase());
	return names.filter(([value, name]) => words(value) !== name);
}
