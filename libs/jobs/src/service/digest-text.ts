import { z } from 'zod';

/** A sha256 as text, such as the digest of an artifact or of a canonical form. */
export const digestText = z.string().regex(/^[0-9a-f]{64}$/, 'allowed: 64 lower-case hexadecimal digits');
