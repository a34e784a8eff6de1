/** What grows in files of sessions, lists of servers and codes for copy and paste. */
import type { Family } from './families.ts';

const repeated = (name: string, head: string, unit: string, foot = ''): Family => ({
  name,
  make: (bytes) => head + unit.repeat(Math.ceil(bytes / unit.length)) + foot,
});

const HEAD =
  'RTCStatsDump\n{"fileFormat":3,"startTime":1700000000000}\n[":session",null,{"kind":"loopback","startedAt":1},1]\n';

export const ROWS: readonly Family[] = [
  repeated('rows', HEAD, '["createOffer","A",null,1]\n'),
  repeated('rows that are none', HEAD, 'no row\n'),
  repeated('rows of unknown names', HEAD, '["x","A",{"credential":"x"},1]\n'),
  repeated('rows at one time', HEAD, '["close","A",null,0]\n'),
  repeated('rows that run backwards', HEAD, '["close","A",null,-1]\n'),
  repeated('blank lines', HEAD, '\n'),
  repeated('one long row', `${HEAD}["x","A",[`, '1,', '1],1]\n'),
  repeated('one deep row', `${HEAD}["x","A",`, '['),
  repeated('one long text', `${HEAD}["create","A","`, 'password ', '",1]\n'),
  repeated('members of one row', `${HEAD}["getStats","A",{`, '"x":{"type":"t"},', '"y":{"type":"t"}},1]\n'),
  {
    name: 'connections',
    make: (bytes) =>
      HEAD + Array.from({ length: Math.ceil(bytes / 24) }, (_, i) => `["create","${i}",{},1]\n`).join(''),
  },
];

export const SERVERS: readonly Family[] = [
  repeated('URLs', '', 'stun:a.example\n'),
  repeated('URLs in one line', 'stun:a ', 'stun:b '),
  repeated('servers in JSON', '[', '{"urls":"stun:a"},', '{"urls":"stun:b"}]'),
  repeated('servers in JavaScript', '[', "{urls:'stun:a'},", ']'),
  repeated('a long name in JSON', '[{', 'A', '}]'),
  repeated('names in JSON', '[{', 'A ', '}]'),
  repeated('names without an end', '{', 'A_$ '),
  repeated('comments', '[', '/* */', ']'),
  repeated('comments without an end', '[', '/*', ']'),
  repeated('comments of a line', '[', '//', ']'),
  repeated('escaped quotes', '["', '\\"', ']'),
  repeated('apostrophes', '[', "'", ']'),
  repeated('commas', '[', ', ', ']'),
  repeated('commas and blanks', '[', ',          ', ']'),
  repeated('brackets', '', '[{', ''),
  repeated('nested lists', '', '[', ']'),
];

export const CODES: readonly Family[] = [
  repeated('letters', '1o', 'Ab3'),
  repeated('marks behind a code', `1o${'A'.repeat(40)}`, '*', 'x'),
  repeated('marks within a code', '1o', 'A* '),
  repeated('beginnings', '', '1o '),
  repeated('markers', '', '#/j/'),
  repeated('markers in parts', '', '# / '),
  repeated('markers that do not end', '', '#*/*'),
  repeated('quoted lines', '', '> > '),
  repeated('dots', '1o', '…'),
  repeated('room addresses', '', '#/?room='),
];
