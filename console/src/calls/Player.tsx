// A recording to listen to: its waveform, drawn of the file that is played, and where in it one is. The sound is
// fetched once, so that one can jump in it; a long one only when somebody wants to hear it.

import { ActionIcon, Button, Loader, Tooltip } from "@mantine/core";
import { IconDownload, IconPlayerPauseFilled, IconPlayerPlayFilled, IconWaveSine } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from "react";
import { errorOf } from "../api/errors";
import type { Recording } from "../api/voice";
import { seconds } from "../parts/dates";
import { ErrorNote } from "../parts/ErrorNote";
import { type Wave, waveOf } from "./wave";

const PIECES = 120;
const AT_ONCE = 300; // seconds: what is not longer is fetched when it is looked at
const STEP = 5; // seconds that an arrow key moves

export function Player({ recording }: { recording: Recording }) {
  const length = Number(recording.duration ?? 0);
  const [isWanted, setWanted] = useState(length <= AT_ONCE);
  const path = recording.uri.replace(/\.json$/, "");
  const sound = useQuery({
    queryKey: [path, "sound"],
    queryFn: ({ signal }) => fetchSound(`${path}.wav`, signal),
    enabled: isWanted,
    staleTime: Infinity,
    gcTime: 60_000,
  });
  if (sound.error) return <ErrorNote error={sound.error} />;
  if (!isWanted)
    return (
      <Button size="xs" variant="light" leftSection={<IconWaveSine size={15} />} onClick={() => setWanted(true)}>
        Fetch the sound ({seconds(length)})
      </Button>
    );
  if (!sound.data)
    return (
      <p className="row hint" role="status">
        <Loader size="xs" /> Making the sound…
      </p>
    );
  return <Playing file={sound.data.file} wave={sound.data.wave} path={path} />;
}

async function fetchSound(url: string, signal: AbortSignal): Promise<{ file: Blob; wave: Wave | null }> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw await errorOf(response);
  const bytes = await response.arrayBuffer();
  return { file: new Blob([bytes], { type: "audio/wav" }), wave: waveOf(bytes, PIECES) };
}

function Playing({ file, wave, path }: { file: Blob; wave: Wave | null; path: string }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const url = useUrlOf(file);
  const length = wave?.duration ?? 0;
  const jump = (moment: number) => {
    const meant = Math.min(Math.max(moment, 0), length);
    if (audio.current) audio.current.currentTime = meant;
    setAt(meant);
  };
  const toggle = () => {
    if (isPlaying) audio.current?.pause();
    else void audio.current?.play();
  };
  return (
    <div className="player">
      <audio
        ref={audio}
        src={url}
        preload="auto"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
      />
      <ActionIcon size="lg" radius="xl" aria-label={isPlaying ? "Pause" : "Play"} onClick={toggle}>
        {isPlaying ? <IconPlayerPauseFilled size={16} /> : <IconPlayerPlayFilled size={16} />}
      </ActionIcon>
      {wave && <Waveform wave={wave} at={at} jump={jump} />}
      <span className="player-time">
        {seconds(at)} / {seconds(Math.round(length))}
      </span>
      <Tooltip label="Download">
        <ActionIcon
          component="a"
          href={`${path}.wav`}
          download={`${path.split("/").at(-1)}.wav`}
          variant="subtle"
          color="gray"
          aria-label="Download the recording"
        >
          <IconDownload size={17} />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}

function useUrlOf(file: Blob): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}

const HEIGHT = 32; // of a channel, in the units of the drawing
const KEYS: Record<string, (at: number, length: number) => number> = {
  ArrowLeft: (at) => at - STEP,
  ArrowRight: (at) => at + STEP,
  Home: () => 0,
  End: (_, length) => length,
};

function Waveform({ wave, at, jump }: { wave: Wave; at: number; jump: (moment: number) => void }) {
  const press = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    jump(((event.clientX - box.left) / box.width) * wave.duration);
  };
  const type = (event: KeyboardEvent) => {
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    jump(move(at, wave.duration));
  };
  return (
    <svg
      className="waveform"
      viewBox={`0 0 ${PIECES * 3} ${HEIGHT * wave.peaks.length}`}
      preserveAspectRatio="none"
      role="slider"
      tabIndex={0}
      aria-label="Position in the recording"
      aria-valuemin={0}
      aria-valuemax={Math.round(wave.duration)}
      aria-valuenow={Math.round(at)}
      aria-valuetext={`${seconds(at)} of ${seconds(wave.duration)}`}
      onPointerDown={press}
      onKeyDown={type}
    >
      {wave.peaks.map((channel, place) =>
        channel.map((peak, piece) => <Bar key={`${place} ${piece}`} {...{ peak, place, piece, wave, at }} />),
      )}
    </svg>
  );
}

interface BarProps {
  peak: number;
  place: number;
  piece: number;
  wave: Wave;
  at: number;
}

function Bar({ peak, place, piece, wave, at }: BarProps) {
  const height = Math.max(1, Math.sqrt(peak) * (HEIGHT - 2));
  const isPlayed = (piece + 0.5) / PIECES < at / wave.duration;
  return (
    <rect
      className={isPlayed ? "played" : undefined}
      x={piece * 3}
      y={place * HEIGHT + (HEIGHT - height) / 2}
      width={2}
      height={height}
    />
  );
}
