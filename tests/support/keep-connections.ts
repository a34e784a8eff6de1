/**
 * Keeps each connection that the page makes, so that a test asks the browser itself, not our projections; and each file
 * that it offers, since not every driver hands over downloads.
 */
export function keepConnections(): void {
  const kept: RTCPeerConnection[] = [];
  const Real = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Real {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      kept.push(this);
    }
  };
  const saved: Blob[] = [];
  const create = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob: Blob) => {
    saved.push(blob);
    return create(blob);
  };
  Object.assign(window, { keptConnections: kept, savedFiles: saved });
}
