// Linked in front of another program, it moves all of that program's code and data.

int padding[1001] = {1};

int padded(void);
int padded(void)
{
    int sum = 0;
    for (int i = 0; i < 1001; i++)
        sum += padding[i] * i;
    return sum;
}
