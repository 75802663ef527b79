import { describe, expect, it } from "vitest";
import { waveOf } from "../src/calls/wave";

const RATE = 8000;

/** A WAV file of 16-bit samples, those of its channels in turn; `before` is a chunk that nobody needs. */
function wav(samples: number[], { channels = 1, format = 1, before = 0 } = {}): ArrayBuffer {
  const skipped = before ? 8 + before + (before % 2) : 0;
  const file = new DataView(new ArrayBuffer(44 + skipped + samples.length * 2));
  const text = (place: number, word: string) => [...word].forEach((_, at) => file.setUint8(place + at, word.charCodeAt(at)));
  text(0, "RIFF");
  text(8, "WAVE");
  if (before) {
    text(12, "LIST");
    file.setUint32(16, before, true);
  }
  const at = 12 + skipped;
  text(at, "fmt ");
  file.setUint32(at + 4, 16, true);
  file.setUint16(at + 8, format, true);
  file.setUint16(at + 10, channels, true);
  file.setUint32(at + 12, RATE, true);
  file.setUint16(at + 22, 16, true);
  text(at + 24, "data");
  file.setUint32(at + 28, samples.length * 2, true);
  samples.forEach((sample, place) => file.setInt16(at + 32 + place * 2, sample, true));
  return file.buffer;
}

describe("the drawing of a recording", () => {
  it("is as loud as the loudest of each piece, whichever way it swings", () => {
    const wave = waveOf(wav([0, -16_384, 8192, 0]), 2);
    expect(wave?.peaks).toEqual([[0.5, 0.25]]);
  });

  it("is as long as the sound", () => {
    expect(waveOf(wav(Array(RATE * 3).fill(1)), 10)?.duration).toBe(3);
  });

  it("has a line for each channel", () => {
    expect(waveOf(wav([16_384, 0, 0, -16_384], { channels: 2 }), 2)?.peaks).toEqual([
      [0.5, 0],
      [0, 0.5],
    ]);
  });

  it("passes over chunks that say other things, of an odd length too", () => {
    expect(waveOf(wav([16_384, 0], { before: 5 }), 1)?.peaks).toEqual([[0.5]]);
  });

  it("is none of what is no such file", () => {
    expect(waveOf(new ArrayBuffer(0), 4)).toBeNull();
    expect(waveOf(new TextEncoder().encode("RIFF, but no more of it").buffer as ArrayBuffer, 4)).toBeNull();
    expect(waveOf(wav([1, 2], { format: 7 }), 4)).toBeNull();
    expect(waveOf(wav([]), 4)).toBeNull();
  });

  it("is that of as much as there is of a file that was cut off", () => {
    const whole = wav([16_384, 16_384, 0, 0]);
    expect(waveOf(whole.slice(0, 48), 1)?.duration).toBe(2 / RATE);
  });
});
