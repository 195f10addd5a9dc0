/** The frame of a page: its title, what can be done on it, its sections. */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

type PageProps = {
  readonly title: string;
  /** In place of the title where more than text is to be shown. */
  readonly heading?: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
  readonly children: ComponentChildren;
  /** As wide as the window allows, for lists and tables. */
  readonly wide?: boolean;
};

export function Page({ title, heading, lead, actions, children, wide = false }: PageProps) {
  const top = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Gatehouse`;
  }, [title]);
  // Who comes by a link starts to read here, also with a screen reader.
  useEffect(() => {
    const at = document.activeElement;
    if (at === null || at === document.body || at.closest('nav') !== null) top.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div class={wide ? 'page page-wide' : 'page'}>
      <header class="page-header">
        <div class="page-heading">
          <h1 ref={top} tabIndex={-1}>
            {heading ?? title}
          </h1>
          {lead !== undefined && <div class="page-lead">{lead}</div>}
        </div>
        {actions !== undefined && <div class="page-actions">{actions}</div>}
      </header>
      {children}
    </div>
  );
}

type SectionProps = {
  readonly title: string;
  readonly actions?: ComponentChildren;
  readonly lead?: ComponentChildren;
  readonly children: ComponentChildren;
  /** To be linked to, and to be marked as changed. */
  readonly id?: string;
  readonly marked?: boolean;
};

/** A part of a page under a heading of its own. */
export function Section({ title, actions, lead, children, id, marked = false }: SectionProps) {
  const own = useId();
  return (
    <section class={marked ? 'section section-marked' : 'section'} id={id} aria-labelledby={`${own}-title`}>
      <header class="section-header">
        <h2 id={`${own}-title`}>{title}</h2>
        {actions !== undefined && <div class="section-actions">{actions}</div>}
      </header>
      {lead !== undefined && <div class="section-lead">{lead}</div>}
      {children}
    </section>
  );
}

/** Names and their values. */
export function Facts({ items }: { readonly items: readonly (readonly [name: string, value: ComponentChildren])[] }) {
  return (
    <dl class="facts">
      {items.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value ?? <span class="muted">–</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
