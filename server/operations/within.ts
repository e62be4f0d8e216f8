/** Resolves true when `work` is done, false where that takes longer than `mostMs`. */
export async function within(work: Promise<unknown>, mostMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | null = null;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), mostMs);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    if (timer) clearTimeout(timer);
    // Where it is late, nobody waits for its failure any more.
    work.catch(() => {});
  }
}
