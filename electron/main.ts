import { app } from 'electron';

app.enableSandbox();
await app.whenReady();
app.quit();
