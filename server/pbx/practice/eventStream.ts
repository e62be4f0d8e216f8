const mostLineCharacters = 4_000_000;

/**
 * Reads server-sent events (WHATWG HTML §9.2) from any cutting of their text, and tells the name of each. What an
 * event says is asked for anew, so its data are passed over.
 */
export function createEventNames(take: (name: string) => void): (text: string) => void {
  let line = '';
  let name = '';

  function endLine(): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    line = '';
    if (text === '') {
      if (name !== '') take(name);
      name = '';
    } else if (text.startsWith('event:')) name = text.slice('event:'.length).trim();
  }

  return (text) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      line += text.slice(from, end);
      endLine();
      from = end + 1;
    }
    // Nothing after the name of a field is kept of a line that does not end.
    if (line.length < mostLineCharacters) line += text.slice(from);
  };
}
