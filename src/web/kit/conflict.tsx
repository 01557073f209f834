import { Button } from './controls.tsx';
import { useKitWords } from './words.ts';

export type Differing = { label: string; before: string; now: string };

type ConflictProps = {
  /** The server's words: who changed it. */
  message: string;
  /** What is another now than when the form was opened. */
  fields: Differing[];
  onKeep: () => void;
  onTake: () => void;
};

/** Somebody else was faster: what they changed, beside what is still in the form. Nothing is lost either way. */
export function Conflict({ message, fields, onKeep, onTake }: ConflictProps) {
  const words = useKitWords();
  return (
    <div className="notice warn conflict" role="alert">
      <p>{message}</p>
      <dl className="facts">
        {fields.map(({ label, before, now }) => (
          <div key={label} className="differing">
            <dt>{label}</dt>
            <dd>
              <del>{before || words.conflict.empty}</del> <ins>{now || words.conflict.empty}</ins>
            </dd>
          </div>
        ))}
      </dl>
      <p className="meta">{words.conflict.kept}</p>
      <div className="row">
        <Button onClick={onKeep}>{words.conflict.keep}</Button>
        <Button onClick={onTake}>{words.conflict.take}</Button>
      </div>
    </div>
  );
}
