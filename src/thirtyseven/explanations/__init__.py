"""WHY, ACCORDING TO WHOM: the historians' explanations as laws of control, one file each."""
