import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

type Cost = { N: number; r: number; p: number };

/** OWASP names this among its scrypt settings of equal strength; 32 MB each keeps a small machine alive under many sign-ins. */
const cost: Cost = { N: 2 ** 15, r: 8, p: 3 };
const keyBytes = 32;

const derive = (password: string, salt: Buffer, { N, r, p }: Cost, bytes: number): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    // The same password typed on two keyboards can arrive in two Unicode forms.
    scrypt(password.normalize('NFKC'), salt, bytes, options, (error, key) => (error ? reject(error) : resolve(key)));
  });

const write = ({ N, r, p }: Cost, salt: Buffer, key: Buffer) =>
  `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;

const parse = (stored: string) => {
  const found = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]+)$/.exec(stored);
  if (!found) throw new Error('A stored password hash is of no known form.');
  const [, exponent, r, p, salt, key] = found;
  return {
    cost: { N: 2 ** Number(exponent), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt!, 'base64url'),
    key: Buffer.from(key!, 'base64url'),
  };
};

/** A hash that carries its own settings, so that they can be raised later. */
export const hashPassword = async (password: string): Promise<string> => {
  const salt = randomBytes(16);
  return write(cost, salt, await derive(password, salt, cost, keyBytes));
};

const nobody = write(cost, Buffer.alloc(16), Buffer.alloc(keyBytes));

/** Whether the password belongs to the hash. Without a hash it does the same work and says no, so that time tells nothing. */
export const passwordMatches = async (password: string, stored: string | null | undefined): Promise<boolean> => {
  const known = parse(stored ?? nobody);
  const key = await derive(password, known.salt, known.cost, known.key.length);
  return timingSafeEqual(key, known.key) && stored != null;
};

/** Whether a hash was made with weaker settings than today's; it is made anew at the next sign-in. */
export const isOutdated = (stored: string): boolean => {
  const known = parse(stored).cost;
  return known.N * known.r * known.p < cost.N * cost.r * cost.p;
};
