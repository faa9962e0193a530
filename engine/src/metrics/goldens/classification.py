"""Makes classification.json for the metric tests with scikit-learn: python classification.py > classification.json"""

import json

import numpy
from sklearn import metrics

generator = numpy.random.default_rng(3)
truths = generator.integers(0, 3, 60)
scores = generator.random((60, 3)) + 0.8 * numpy.eye(3)[truths]
probabilities = (scores / scores.sum(1, keepdims=True)).round(2)
probabilities[:, 2] = (1 - probabilities[:, 0] - probabilities[:, 1]).round(2)
answers = probabilities.argmax(1)
confidences = probabilities.max(1)
precision, recall, f1, support = metrics.precision_recall_fscore_support(truths, answers)
bins = numpy.ceil(confidences * 15).astype(int)
ece = sum(
    (bins == b).mean() * abs((answers == truths)[bins == b].mean() - confidences[bins == b].mean())
    for b in set(bins)
)
print(
    json.dumps(
        {
            "truths": truths.tolist(),
            "probabilities": probabilities.tolist(),
            "accuracy": metrics.accuracy_score(truths, answers),
            "balancedAccuracy": metrics.balanced_accuracy_score(truths, answers),
            "auroc": [metrics.roc_auc_score(truths == k, probabilities[:, k]) for k in range(3)],
            "ece": float(ece),
            "loss": metrics.log_loss(truths, probabilities),
            "confusion": metrics.confusion_matrix(truths, answers).tolist(),
            "precision": precision.tolist(),
            "recall": recall.tolist(),
            "f1": f1.tolist(),
            "support": support.tolist(),
        }
    )
)
