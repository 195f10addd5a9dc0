/** The chart as a Mermaid drawing, made from the chart itself. */
import type { AnyStateNode } from 'xstate';
import { accountMachine } from './account.js';
import { conditionsOf } from './fold.js';

/** Every transition that leads somewhere else, as arrows between states, one composite state for each region. */
export function mermaidChart(): string {
  const regions = Object.values(accountMachine.root.states) as AnyStateNode[];
  return ['stateDiagram-v2', ...regions.flatMap((region) => composite(region, 1)), ''].join('\n');
}

function nameOf(node: AnyStateNode): string {
  return node.path.join('_');
}

function indent(depth: number, line: string): string {
  return `${'  '.repeat(depth)}${line}`;
}

function composite(node: AnyStateNode, depth: number): string[] {
  const children = Object.values(node.states) as AnyStateNode[];
  const lines = [indent(depth, `state "${node.key}" as ${nameOf(node)}${children.length === 0 ? '' : ' {'}`)];
  if (children.length === 0) return lines;
  const parallel = node.type === 'parallel';
  const start = node.initial?.target?.[0];
  if (!parallel && start !== undefined) lines.push(indent(depth + 1, `[*] --> ${nameOf(start as AnyStateNode)}`));
  for (const [index, child] of children.entries()) {
    if (parallel && index > 0) lines.push(indent(depth + 1, '--'));
    lines.push(...composite(child, depth + 1));
  }
  for (const child of children) lines.push(...arrows(child).map((arrow) => indent(depth + 1, arrow)));
  return [...lines, indent(depth, '}')];
}

/** The arrows that leave a state: one for each pair of states, its events listed with their conditions. */
function arrows(node: AnyStateNode): string[] {
  const labels = new Map<string, string[]>();
  for (const transition of [...node.transitions.values()].flat()) {
    for (const target of (transition.target ?? []) as AnyStateNode[]) {
      const conditions = conditionsOf(transition.guard);
      const label = `${transition.eventType}${conditions.length === 0 ? '' : ` [${conditions.join(', ')}]`}`;
      const arrow = `${nameOf(node)} --> ${nameOf(target)}`;
      labels.set(arrow, [...(labels.get(arrow) ?? []), label]);
    }
  }
  return [...labels].map(([arrow, events]) => `${arrow} : ${events.join('<br/>')}`);
}
