import { runProgram } from './program.ts';
import { processTerminal } from './terminal.ts';

// Whoever reads the output may stop early (landfall launches list | head): that is not an error.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
