/** Copies a delivery as something that sends it again elsewhere. Without a script these are links to the text. */
export function CopyMenu({ number, source }: { number: number; source: string }) {
  return (
    <details className="menu">
      <summary className="button">Copy as …</summary>
      <ul>
        <Item href={`/deliveries/${number}/curl?secret=variable`} note="signs with the variable">
          curl
        </Item>
        <Item href={`/deliveries/${number}/curl?secret=signed`} note="signed now">
          curl, signed
        </Item>
        <Item href={`/deliveries/${number}/fixture`} note={`functions/${source}/fixtures/….json`}>
          fixture
        </Item>
        <li>
          <a href={`/deliveries/${number}/payload`}>Download the payload</a>
        </li>
      </ul>
    </details>
  );
}

function Item({ href, note, children }: { href: string; note: string; children: string }) {
  return (
    <li>
      <a href={href} data-copy-from={href}>
        {children}
      </a>{" "}
      <span className="note">{note}</span>
    </li>
  );
}
