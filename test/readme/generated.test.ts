/** The generated parts of the README are what would be generated now. */
import { join } from 'node:path';
import { mermaidChart } from '../../machines/mermaid.js';
import { expectFresh } from '../support/generated.js';

test('the chart in the README is drawn from the chart', () => {
  const drawing = `\`\`\`mermaid\n${mermaidChart({ conditions: false })}\`\`\``;
  expectFresh(join(__dirname, '../../README.md'), drawing, 'chart');
});
