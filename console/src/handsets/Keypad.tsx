import { UnstyledButton } from "@mantine/core";

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];
const LETTERS: Record<string, string> = {
  "2": "ABC",
  "3": "DEF",
  "4": "GHI",
  "5": "JKL",
  "6": "MNO",
  "7": "PQRS",
  "8": "TUV",
  "9": "WXYZ",
};

export const isKey = (text: string): boolean => KEYS.includes(text);

/** A phone's keys. `press` hears of each. */
export function Keypad({ press, disabled }: { press: (key: string) => void; disabled: boolean }) {
  return (
    <div className="keypad" role="group" aria-label="Keypad">
      {KEYS.map((key) => (
        <UnstyledButton
          key={key}
          className="key"
          aria-label={key}
          data-letters={LETTERS[key] ?? ""}
          disabled={disabled}
          onClick={() => press(key)}
        >
          {key}
        </UnstyledButton>
      ))}
    </div>
  );
}
