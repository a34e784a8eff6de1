/** A mistake in a lesson's files: it stops the build, and says where it is. */
export class LessonProblem extends Error {
  constructor(place: Place, message: string) {
    super(`${place.file}:${place.line}: ${message}`);
    this.name = 'LessonProblem';
  }
}

export interface Place {
  readonly file: string;
  readonly line: number;
}

export function refuse(place: Place, message: string): never {
  throw new LessonProblem(place, message);
}
