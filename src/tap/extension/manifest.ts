/** What the extension asks for: the tab that its button is pressed on, and, then, that one site. */
export const manifest = (version: string) => ({
  manifest_version: 3,
  name: 'Icescope tap',
  version,
  description:
    'Shows the WebRTC connections of the page that you are on, live, in Icescope. Nothing leaves the browser.',
  minimum_chrome_version: '121',
  permissions: ['activeTab', 'scripting'],
  optional_host_permissions: ['http://*/*', 'https://*/*'],
  action: { default_title: 'Show the connections of this page in Icescope', default_icon: 'icon.png' },
  icons: { '128': 'icon.png' },
  background: { service_worker: 'background.js', scripts: ['background.js'] },
  browser_specific_settings: {
    gecko: {
      id: 'tap@icescope.invalid',
      strict_min_version: '140.0',
      data_collection_permissions: { required: ['none'] },
    },
  },
});
