import { matrix } from './matrix.ts';

matrix(2);
