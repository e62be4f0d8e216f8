/** The media page may be another window than the one in which the agent allows a headset. */
const channelName = 'switchboard-headset';

export const headsetNews = {
  /** A headset was allowed or given up: look for it. */
  tell(): void {
    const channel = new BroadcastChannel(channelName);
    channel.postMessage('look');
    channel.close();
  },
  listen(look: () => void): void {
    new BroadcastChannel(channelName).addEventListener('message', look);
  },
};
