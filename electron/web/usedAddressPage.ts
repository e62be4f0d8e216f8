import en from '#shared/locales/en/browserShell.json' with { type: 'json' };
import zh from '#shared/locales/zh-CN/browserShell.json' with { type: 'json' };

/** Shown to whoever comes without the one-time address: before any window, so in both languages at once. */
export const usedAddressPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>Switchboard</title>
<body>
<h1>Switchboard</h1>
<p>${en.usedAddress}</p>
<p lang="zh-CN">${zh.usedAddress}</p>
</body>
</html>
`;
