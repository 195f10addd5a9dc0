/** Figures in one line: each with its name and what to know beside it. */

export type Figure = readonly [name: string, value: string, more: string];

export function FigureLine({ items }: { readonly items: readonly Figure[] }) {
  return (
    <dl class="key-figures">
      {items.map(([name, value, more]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <span class="key-figure">{value}</span>
            <span class="small muted">{more}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
