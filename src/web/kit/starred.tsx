/** A sentence of a catalogue whose **stars** mark what is bold. */
export function Starred({ text }: { text: string }) {
  return text.split('**').map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part));
}
