/** Gatehouse's elements as a page of Preact uses them; any other page sets the same attributes and properties. */
import { type ComponentChildren, h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Backend } from './backend.js';

type Common = { readonly backend: Backend; readonly accountId: string; readonly locale: string };

/** Gives an element what makes its tokens: the first one, and another whenever one has ended. */
function useTokens(backend: Backend, accountId: string) {
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    if (element.current === null) return;
    Object.assign(element.current, { getToken: () => backend.accountToken(accountId) });
  }, [backend, accountId]);
  return element;
}

type GuideProps = Common & { readonly onStatus: () => void };

/** Where the places are that the guide's steps lead to. */
const links = { people: '#people', channels: '#channels', messages: '#messages' };

export function SetupGuide({ backend, accountId, locale, onStatus }: GuideProps) {
  const element = useTokens(backend, accountId);
  useEffect(() => {
    const guide = element.current;
    if (guide === null) return undefined;
    Object.assign(guide, { links });
    guide.addEventListener('gatehouse-status', onStatus);
    return () => guide.removeEventListener('gatehouse-status', onStatus);
  }, [element, onStatus]);
  return h('gatehouse-setup-guide', { ref: element, account: accountId, locale, theme: 'auto' });
}

type NoticeProps = Common & {
  readonly action: string;
  /** Told when the gate's answer is another one than before. */
  readonly onGate: () => void;
  readonly children: ComponentChildren;
};

export function GateNotice({ backend, accountId, locale, action, onGate, children }: NoticeProps) {
  const element = useTokens(backend, accountId);
  useEffect(() => {
    const notice = element.current;
    notice?.addEventListener('gatehouse-gate', onGate);
    return () => notice?.removeEventListener('gatehouse-gate', onGate);
  }, [element, onGate]);
  return h('gatehouse-gate-notice', { ref: element, account: accountId, locale, action, theme: 'auto' }, children);
}
