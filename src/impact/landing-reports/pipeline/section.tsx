import { Leads, Part, useView } from '../view.tsx';
import { pipelineNotes, pipelineRows, pipelineSubtitle, pipelineTitle } from './notes.ts';
import type { LaunchPipeline } from './schema.ts';

function Rows({ pipeline }: { pipeline: LaunchPipeline }) {
  const view = useView();
  const { words, format } = view;
  const { head, unpriced } = words.pipeline;
  const rows = pipelineRows(view, { pipeline });
  if (rows.length === 0 || pipeline.onRecord.deals === 0) return null;
  const figures = [head.deals, head.open, head.won, head.lost, head.openWorth, head.wonWorth];
  return (
    <div className="scroll">
      <table className="t stacks">
        <thead>
          <tr>
            <th scope="col">{head.part}</th>
            {figures.map((name) => (
              <th key={name} scope="col" className="r">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ part, name, what, side, openWorth, wonWorth }) => (
            <tr key={part}>
              <td className="name">
                {name}
                <span className="meta what">{what}</span>
              </td>
              <td className="r" data-label={head.deals}>
                {format.number(side.deals)}
              </td>
              <td className="r" data-label={head.open}>
                {format.number(side.open)}
              </td>
              <td className="r" data-label={head.won}>
                {format.number(side.won)}
              </td>
              <td className="r" data-label={head.lost}>
                {format.number(side.lost)}
              </td>
              <td className="r" data-label={head.openWorth}>
                {openWorth}
              </td>
              <td className="r" data-label={head.wonWorth}>
                {wonWorth}
                {side.unpriced > 0 ? <span className="meta">{unpriced(format.number(side.unpriced))}</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Deals and revenue that the launch has to do with: sourced, influenced and accelerated kept apart, and what is not known. */
export function PipelinePart() {
  const view = useView();
  const { report, words } = view;
  const { pipeline } = report;
  if (!pipeline) return null;
  const { lookbackDays, invitedCounts } = pipeline.rule;
  const question = { range: null, breakdown: { by: 'launch', name: '' }, lookbackDays, invitedCounts };
  return (
    <Part title={pipelineTitle(view, { pipeline })} subtitle={pipelineSubtitle(view, { pipeline })}>
      <Rows pipeline={pipeline} />
      <ul className="notes after">
        {pipelineNotes(view, { pipeline }).map(({ text, tone }) => (
          <li key={text} className={tone === 'warn' ? 'meta warn' : 'meta'}>
            {text}
          </li>
        ))}
      </ul>
      {view.link ? (
        <p className="onscreen">
          <Leads to="/pipeline" search={{ q: JSON.stringify(question) }}>
            {words.pipeline.open}
          </Leads>
        </p>
      ) : null}
    </Part>
  );
}
