import { ToggleGroup } from "radix-ui";

interface ChoiceProps<T extends string | number> {
  label: string;
  options: readonly (readonly [T, string])[];
  value: T;
  onChange: (value: T) => void;
}

/** One of a few, always exactly one. */
export function Choice<T extends string | number>({ label, options, value, onChange }: ChoiceProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={String(value)}
      onValueChange={(next) => {
        const chosen = options.find(([one]) => String(one) === next);
        if (chosen !== undefined) {
          onChange(chosen[0]);
        }
      }}
      className="inline-flex rounded-md border border-line-strong bg-raised p-0.5"
    >
      {options.map(([one, words]) => (
        <ToggleGroup.Item
          key={one}
          value={String(one)}
          className="min-h-8 rounded px-3 font-medium text-muted hover:text-ink data-[state=on]:bg-accent data-[state=on]:text-accent-ink"
        >
          {words}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
