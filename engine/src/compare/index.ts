export { compareScores, type PairedScore, type ScoreComparison, scoreOfImage } from './compare-scores.ts'
export { coolAnswers } from './cool-answers.ts'
export { judgeCandidate } from './judge-candidate.ts'
export { type AnswerScore, scoreAnswer } from './score-answer.ts'
