/** A policy, an extension or a web view may take WebRTC away, and some browsers come without (WebKitGTK in Debian 12). */
export const hasWebRtc = typeof RTCPeerConnection === 'function';
