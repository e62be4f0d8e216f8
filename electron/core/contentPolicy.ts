/**
 * Content security policy of our pages, the same in both shells (W3C CSP Level 3). `nonce` admits
 * the style sheets that the window makes at run time.
 */
export function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    // Positions that libraries set on elements; sheets and script stay under the nonce.
    "style-src-attr 'unsafe-inline'",
    // Pictures of tickets are shown from memory.
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
