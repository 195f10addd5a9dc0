/** The chart as a Mermaid drawing, made from the chart itself. */
import type { AnyStateNode } from 'xstate';
import { accountMachine } from './account.js';
import { conditionsOf } from './fold.js';

export type DrawingOptions = {
  /** Whether each event is followed by what must be true for it. */
  readonly conditions: boolean;
};

/** Every transition that leads somewhere else, as arrows between states, one composite state for each region. */
export function mermaidChart(options: DrawingOptions = { conditions: true }): string {
  const regions = Object.values(accountMachine.root.states) as AnyStateNode[];
  return ['stateDiagram-v2', ...regions.flatMap((region) => composite(region, 1, options)), ''].join('\n');
}

function nameOf(node: AnyStateNode): string {
  return node.path.join('_');
}

function indent(depth: number, line: string): string {
  return `${'  '.repeat(depth)}${line}`;
}

function composite(node: AnyStateNode, depth: number, options: DrawingOptions): string[] {
  const children = Object.values(node.states) as AnyStateNode[];
  const lines = [indent(depth, `state "${node.key}" as ${nameOf(node)}${children.length === 0 ? '' : ' {'}`)];
  if (children.length === 0) return lines;
  const parallel = node.type === 'parallel';
  const start = node.initial?.target?.[0];
  if (!parallel && start !== undefined) lines.push(indent(depth + 1, `[*] --> ${nameOf(start as AnyStateNode)}`));
  for (const [index, child] of children.entries()) {
    if (parallel && index > 0) lines.push(indent(depth + 1, '--'));
    lines.push(...composite(child, depth + 1, options));
  }
  for (const child of children) lines.push(...arrows(child, options).map((arrow) => indent(depth + 1, arrow)));
  lines.push(...fromEverywhere(node).map((note) => indent(depth + 1, note)));
  return [...lines, indent(depth, '}')];
}

/** The arrows that leave a state: one for each pair of states, its events listed with their conditions. */
function arrows(node: AnyStateNode, options: DrawingOptions): string[] {
  const labels = new Map<string, string[]>();
  for (const transition of [...node.transitions.values()].flat()) {
    for (const target of (transition.target ?? []) as AnyStateNode[]) {
      // Mermaid draws no arrow from a state into itself: the one that is entered first stands for the outer one.
      const source = isWithin(target, node) ? firstStateOf(node) : node;
      const conditions = options.conditions ? conditionsOf(transition.guard) : [];
      const label = `${transition.eventType}${conditions.length === 0 ? '' : ` [${conditions.join(', ')}]`}`;
      const arrow = `${nameOf(source)} --> ${nameOf(target)}`;
      const known = labels.get(arrow) ?? [];
      labels.set(arrow, known.includes(label) ? known : [...known, label]);
    }
  }
  return [...labels].map(([arrow, events]) => `${arrow} : ${events.join('<br/>')}`);
}

/** Events of a whole region, which lead somewhere from every state of it. */
function fromEverywhere(node: AnyStateNode): string[] {
  if (node.parent?.id !== accountMachine.root.id) return [];
  return [...node.transitions.values()]
    .flat()
    .flatMap((transition) =>
      ((transition.target ?? []) as AnyStateNode[]).map(
        (target) => `note left of ${nameOf(target)} : ${transition.eventType}, from every state`,
      ),
    );
}

function isWithin(node: AnyStateNode, outer: AnyStateNode): boolean {
  return node.parent !== undefined && (node.parent.id === outer.id || isWithin(node.parent, outer));
}

function firstStateOf(node: AnyStateNode): AnyStateNode {
  return (node.initial?.target?.[0] as AnyStateNode | undefined) ?? node;
}
