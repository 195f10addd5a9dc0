/** An address that a customer typed: a link only where it is a web address, always shown as it is. */
export function OutsideLink({ address }: { readonly address: string }) {
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return <>{address}</>;
  return (
    <a href={address} target="_blank" rel="noopener noreferrer">
      {address}
    </a>
  );
}
