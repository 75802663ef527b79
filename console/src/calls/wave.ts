// A WAV file (RIFF, 16-bit PCM, as recordings are served) as something to draw: how loud it is, piece by piece.

export interface Wave {
  /** Of each channel, for each of the pieces, from 0 to 1. */
  peaks: number[][];
  /** Seconds. */
  duration: number;
}

const PCM = 1;

/** Null for what is no such file. */
export function waveOf(file: ArrayBuffer, pieces: number): Wave | null {
  const found = chunks(new DataView(file));
  const { format, data } = found;
  if (!format || !data || format.getUint16(0, true) !== PCM || format.getUint16(14, true) !== 16) return null;
  const channels = format.getUint16(2, true);
  const rate = format.getUint32(4, true);
  const frames = Math.floor(data.byteLength / 2 / channels);
  if (!channels || !rate || !frames) return null;
  const peaks = Array.from({ length: channels }, (_, channel) =>
    Array.from({ length: pieces }, (_, piece) => {
      const from = Math.floor((piece * frames) / pieces);
      return peak(data, channels, channel, from, Math.floor(((piece + 1) * frames) / pieces));
    }),
  );
  return { peaks, duration: frames / rate };
}

function peak(data: DataView, channels: number, channel: number, from: number, until: number): number {
  let loudest = 0;
  for (let frame = from; frame < until; frame++)
    loudest = Math.max(loudest, Math.abs(data.getInt16((frame * channels + channel) * 2, true)));
  return loudest / 32_768;
}

function chunks(file: DataView): { format?: DataView; data?: DataView } {
  const found: { format?: DataView; data?: DataView } = {};
  if (file.byteLength < 12 || text(file, 0) !== "RIFF" || text(file, 8) !== "WAVE") return found;
  for (let place = 12; place + 8 <= file.byteLength; ) {
    const begin = place + 8;
    const size = Math.min(file.getUint32(place + 4, true), file.byteLength - begin);
    const body = new DataView(file.buffer, file.byteOffset + begin, size);
    if (text(file, place) === "fmt " && size >= 16) found.format = body;
    if (text(file, place) === "data") found.data = body;
    place = begin + size + (size % 2);
  }
  return found;
}

const text = (file: DataView, place: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((at) => file.getUint8(place + at)));
