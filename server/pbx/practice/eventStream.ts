const mostLineCharacters = 4_000_000;

export interface StreamedEvent {
  name: string;
  /** Number of the event in its run of the PBX: the part of the id behind `-`. */
  sequence: number;
  data: string;
}

/** Reads server-sent events (WHATWG HTML §9.2) from any cutting of their text; data of one line, as this PBX writes it. */
export function createEventReader(take: (event: StreamedEvent) => void): (text: string) => void {
  let line = '';
  let event: StreamedEvent = { name: '', sequence: 0, data: '' };

  function endLine(): void {
    const text = line.endsWith('\r') ? line.slice(0, -1) : line;
    line = '';
    if (text === '') {
      const whole = event;
      event = { name: '', sequence: 0, data: '' };
      if (whole.name !== '') take(whole);
      return;
    }
    const colon = text.indexOf(':');
    const value = text.slice(colon + 1).trim();
    switch (text.slice(0, colon)) {
      case 'event':
        event.name = value;
        return;
      case 'id':
        event.sequence = Number(value.split('-')[1] ?? 0);
        return;
      case 'data':
        event.data = value;
        return;
      default:
    }
  }

  return (text) => {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      line += text.slice(from, end);
      endLine();
      from = end + 1;
    }
    // Of a line that does not end no more than this is kept.
    if (line.length < mostLineCharacters) line += text.slice(from);
  };
}
