/**
 * Lays a chart out, once, when the console is built: no browser loads the layout engine. Layered, orthogonal, with states
 * inside of states; see https://eclipse.dev/elk/reference.html for the options.
 */
import type { ELK, ElkEdgeSection, ElkExtendedEdge, ElkNode, LayoutOptions } from 'elkjs/lib/elk-api.js';
import { eventLabel, stateLabel } from '../../chart/labels.js';
import { arrowKey, type DrawnArrow, type DrawnRegion, type DrawnState, type Point } from '../../chart/drawing.js';
import type { ChartArrow, ChartRegion, ChartState } from './chart.js';

/** The sizes that the style sheet draws with: of letters, and the room around them. */
const stateLetter = 7.4;
const labelLetter = 6.2;
const labelLine = 13;
const stateHeight = 34;
const stateRoom = 28;
const titleRoom = 26;

const options: LayoutOptions = {
  'elk.algorithm': 'layered',
  'elk.direction': 'DOWN',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.edgeRouting': 'ORTHOGONAL',
  // A life goes downwards from its first state; what leads back up is what a depth-first walk finds to do so.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
  'elk.layered.spacing.nodeNodeBetweenLayers': '22',
  'elk.layered.spacing.edgeNodeBetweenLayers': '12',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '8',
  'elk.spacing.nodeNode': '20',
  'elk.spacing.edgeNode': '10',
  'elk.spacing.edgeEdge': '8',
  'elk.spacing.edgeLabel': '2',
};

/** What of the layout engine is used. */
export type Engine = Pick<ELK, 'layout'>;

/** The lines of an arrow's label: each event once, whatever its conditions. */
function labelLines({ events }: ChartArrow): string[] {
  return [...new Set(events.map(eventLabel))];
}

function nodeOf(state: ChartState): ElkNode {
  const width = Math.ceil(stateLabel(state).length * stateLetter) + stateRoom;
  if (state.states.length === 0) return { id: state.path, width, height: state.kind === 'any' ? 26 : stateHeight };
  return {
    id: state.path,
    layoutOptions: {
      ...options,
      'elk.padding': `[top=${titleRoom + 12},left=12,bottom=12,right=12]`,
      'elk.nodeSize.constraints': 'MINIMUM_SIZE',
      'elk.nodeSize.minimum': `(${width}, ${stateHeight})`,
    },
    children: state.states.map(nodeOf),
  };
}

function edgeOf(arrow: ChartArrow): ElkExtendedEdge {
  const lines = labelLines(arrow);
  const width = Math.ceil(Math.max(...lines.map(({ length }) => length)) * labelLetter) + 6;
  return {
    id: arrowKey(arrow.from, arrow.to),
    sources: [arrow.from],
    targets: [arrow.to],
    labels: [{ text: lines.join('\n'), width, height: lines.length * labelLine + 2 }],
  };
}

/** Where each node lies in the whole drawing: the engine says it relative to the parent. */
function placesOf(node: ElkNode, origin: Point = { x: 0, y: 0 }): Map<string, Point> {
  const at = { x: origin.x + (node.x ?? 0), y: origin.y + (node.y ?? 0) };
  return new Map([[node.id, at], ...(node.children ?? []).flatMap((child) => [...placesOf(child, at)])]);
}

function nodesOf(node: ElkNode): Map<string, ElkNode> {
  return new Map([[node.id, node], ...(node.children ?? []).flatMap((child) => [...nodesOf(child)])]);
}

function pointsOf(sections: readonly ElkEdgeSection[], { x, y }: Point): Point[] {
  return sections
    .flatMap(({ startPoint, bendPoints = [], endPoint }) => [startPoint, ...bendPoints, endPoint])
    .map((point) => ({ x: rounded(point.x + x), y: rounded(point.y + y) }));
}

const rounded = (length: number): number => Math.round(length * 10) / 10;

/** A region with places. @throws when the engine leaves something without one */
export async function layOut(region: ChartRegion, engine: Engine): Promise<DrawnRegion> {
  const graph: ElkNode = {
    id: region.path,
    layoutOptions: { ...options, 'elk.padding': '[top=2,left=2,bottom=2,right=2]' },
    children: region.states.map(nodeOf),
    edges: region.arrows.map(edgeOf),
  };
  const laid = await engine.layout(graph);
  const [places, nodes] = [placesOf(laid), nodesOf(laid)];
  const edges = new Map((laid.edges ?? []).map((edge) => [edge.id, edge]));
  return {
    name: region.name,
    width: Math.ceil(laid.width ?? 0),
    height: Math.ceil(laid.height ?? 0),
    states: region.states.flatMap((state) => drawn(state, 0)),
    arrows: region.arrows.map(drawnArrow),
  };

  function drawn(state: ChartState, depth: number): DrawnState[] {
    const { states, ...rest } = state;
    const [place, node] = [places.get(state.path), nodes.get(state.path)];
    if (place === undefined || node === undefined) throw new Error(`${state.path} has no place`);
    const size = { width: rounded(node.width ?? 0), height: rounded(node.height ?? 0) };
    const one = { ...rest, depth, x: rounded(place.x), y: rounded(place.y), ...size };
    return [one, ...states.flatMap((inner) => drawn(inner, depth + 1))];
  }

  function drawnArrow(arrow: ChartArrow): DrawnArrow {
    const edge = edges.get(arrowKey(arrow.from, arrow.to)) as (ElkExtendedEdge & { container?: string }) | undefined;
    const [label] = edge?.labels ?? [];
    if (edge?.sections === undefined || label === undefined)
      throw new Error(`${arrow.from} → ${arrow.to} has no place`);
    const origin = places.get(edge.container ?? region.path) ?? { x: 0, y: 0 };
    return {
      ...arrow,
      points: pointsOf(edge.sections, origin),
      label: {
        x: rounded((label.x ?? 0) + origin.x),
        y: rounded((label.y ?? 0) + origin.y),
        width: label.width ?? 0,
        height: label.height ?? 0,
        lines: labelLines(arrow),
      },
    };
  }
}
